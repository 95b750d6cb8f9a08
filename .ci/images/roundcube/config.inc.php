<?php

$config = [];
$config['db_dsnw'] = 'sqlite:////var/roundcube/db/sqlite.db?mode=0640';
$config['temp_dir'] = '/tmp/roundcube-temp';
$config['skin'] = 'elastic';
foreach (glob('/var/roundcube/config/*.php') as $file) {
    include $file;
}
